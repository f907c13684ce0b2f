/** Imported for its effect by files of properties: with SIS_PRINT set, each property says how often it ran. */
import { expect } from '@jest/globals';
import fc from 'fast-check';

if (process.env.SIS_PRINT !== undefined) {
  fc.configureGlobal({
    ...fc.readConfigureGlobal(),
    reporter(details) {
      if (details.failed) throw new Error(fc.defaultReportMessage(details));
      process.stdout.write(`figure: ${expect.getState().currentTestName}: ${details.numRuns} runs\n`);
    },
  });
}
