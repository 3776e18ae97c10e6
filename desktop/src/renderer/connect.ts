import type { FakeOptions } from '../host/fake-host.ts';
import type { Host } from '../host/request.ts';

/** The Host that the shell around the page offers: Electron's preload, the local web host, or in test builds the fake. */
export async function connectHost(onClose: () => void): Promise<Host> {
  if (__FAKE_HOST__) {
    const { createFakeHost } = await import('../host/fake-host.ts');
    const query = new URLSearchParams(location.search);
    const scene = (query.get('fake') || 'loaded') as FakeOptions['scene'];
    return createFakeHost({ scene, rows: Number(query.get('rows') ?? 40_000) });
  }
  if (globalThis.dbwitness !== undefined) {
    const { connectElectronHost } = await import('./electron-client.ts');
    return connectElectronHost(globalThis.dbwitness, onClose);
  }
  const { connectWebHost } = await import('./web-client.ts');
  return connectWebHost(onClose);
}
