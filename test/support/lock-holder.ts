/** A process that takes the lock of a folder, says so, and holds it until it is killed. */
import { lockFolder } from '../../src/platform/local/lock.ts';

const { outcome } = lockFolder(process.argv[2] ?? '');
process.stdout.write(`${outcome}\n`);
setInterval(() => undefined, 1_000);
