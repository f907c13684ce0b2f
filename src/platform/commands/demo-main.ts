/** The script behind `npm run demo`. */
import { main } from './demo.ts';

process.exitCode = await main(process.argv.slice(2), { say: line => process.stdout.write(`${line}\n`) });
