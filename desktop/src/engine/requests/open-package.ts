import { casesOpenPackage } from '../../host/cases.ts';
import { handler } from '../handler.ts';
import { openPackage } from '../report/open-package.ts';
import { describe } from './cases.ts';

export const openPackageHandlers = [
  handler(casesOpenPackage, async (context, { file, fingerprint }, options) => {
    const opened = await openPackage(context, context.files.path(file), fingerprint, options);
    return describe(opened, file);
  }),
] as const;
