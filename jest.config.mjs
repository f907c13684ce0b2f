export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^\\./refparser$': '<rootDir>/test/support/ref-parser.cjs' },
  setupFiles: ['<rootDir>/test/support/utc.ts'],
  testTimeout: 30_000,
  // Most tests wait for a disk, a socket or a browser: on two cores one worker would leave one of them idle.
  maxWorkers: 2,
};
