import type { Style } from './flow.ts';
import { INK } from './ink.ts';

export const BODY: Style = { face: 'sans', size: 9.2, colour: INK.text, leading: 1.5 };
export const PROSE: Style = { face: 'sans', size: 10, colour: INK.text, leading: 1.55 };
export const FACT: Style = { face: 'sans', size: 8.6, colour: INK.text, leading: 1.42 };
export const CODE: Style = { face: 'mono', size: 7.6, colour: INK.text, leading: 1.5 };
export const SMALL: Style = { face: 'sans', size: 7, colour: INK.quiet, leading: 1.4 };
export const TITLE: Style = { face: 'strong', size: 27, colour: INK.text, leading: 1.14 };
export const H2: Style = { face: 'strong', size: 17, colour: INK.text, leading: 1.25 };
export const H3: Style = { face: 'strong', size: 12, colour: INK.text, leading: 1.3 };
