/** Every sentence of the dashboard (`src/texts/en/dashboard.ts`, `setup.ts`). */
export { dashboard as words } from '../../src/texts/en/dashboard.ts';
export { setup } from '../../src/texts/en/setup.ts';
