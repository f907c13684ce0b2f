/** Every sentence of the dashboard (`src/texts/en/dashboard.ts`). */
export { dashboard as words } from '../../src/texts/en/dashboard.ts';
