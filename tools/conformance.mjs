// Writes docs/imip-conformance.md: each requirement on calendar mail, and the tests whose names carry its number as [R-nn].
//   node tools/conformance.mjs [REPORT]    REPORT: what jest wrote with --json; without it, the tests of FOLDERS that have a number are run.
// The numbers are those of the project's own checklist. Exits 1 when a requirement has no test, or a failing one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'docs', 'imip-conformance.md');
const FOLDERS = ['calendar', 'mail', 'invites', 'rsvp', 'intake', 'events'];
const NAMES_SHOWN = 4;

const GROUPS = [
  ['Intake and parsing', 1, 22],
  ['Time', 23, 29],
  ['Ordering and state', 30, 46],
  ['The invite that goes out', 47, 68],
  ['Updates and cancellation', 69, 76],
  ['Replies', 77, 93],
  ["The organizer's side", 94, 96],
];

/** What each number asks for. "Ours" marks where this service decided otherwise than the checklist's first wording. */
const PHRASES = {
  1: 'Google: two copies of the calendar are one event',
  2: 'Exchange: base64, Windows zone, right instant',
  3: 'Outlook over POP: the calendar is the whole mail',
  4: 'Apple Mail: method in the calendar text alone',
  5: 'a nameless attachment counts by .ics and its first words',
  6: 'METHOD in the text beats the parameter of the part',
  7: 'METHOD in any case; an unknown one is refused (ours)',
  8: 'two calendars or two UIDs are refused',
  9: 'tasks, notes and free-busy times are refused',
  10: 'unfolding works on bytes',
  11: 'any line end, fold, byte-order mark and case reads alike',
  12: 'charsets that lie or are left out',
  13: 'escapes of text and of parameters',
  14: 'addresses in every shape',
  15: 'iCloud: EMAIL is the organizer, tokens may change',
  16: 'slips of known programs do no harm',
  17: 'delegates by SENT-BY, within what they may',
  18: 'a forwarded invitation stores nothing, is explained once',
  19: 'winmail.dat stores nothing, is explained once',
  20: 'size limits hold (the numbers are ours)',
  21: 'the same mail twice is worked on once',
  22: "the sender's proof: a failed one is quarantined, Google's relay known",
  23: 'all-day: exclusive end, a day by default',
  24: "Microsoft's flag makes midnight to midnight all-day",
  25: 'quoted, Windows, path and display names of zones',
  26: 'unknown zones are refused, floating times ask',
  27: 'VTIMEZONE with long histories',
  28: 'DURATION, and two zones in one event',
  29: "Microsoft's UNTIL at midnight keeps the last day",
  30: 'a higher SEQUENCE wins, a lower one is silent',
  31: 'equal SEQUENCE: the later DTSTAMP wins',
  32: "Microsoft's own sequence counts",
  33: 'a CANCEL wins a tie, in either order',
  34: 'any order of arrival ends in one state',
  35: 'one changed date merges into its series',
  36: 'RECURRENCE-ID in any form names the same date',
  37: 'a new text keeps changed dates, a new time drops them',
  38: 'EXDATE and a cancelled date are the same',
  39: 'STATUS:CANCELLED and a bare CANCEL both cancel',
  40: 'a CANCEL that came first blocks the older REQUEST',
  41: 'an event revived stays above its CANCEL',
  42: 'one UID of two organizers is two events',
  43: 'a split series carries its people over, in any order of arrival',
  44: 'RANGE=THISANDFUTURE is refused (ours), never one date',
  45: 'another name of the same zone is no change',
  46: 'a date of an unknown series waits for it',
  47: 'one ATTENDEE, and no other address anywhere',
  48: "ORGANIZER is From: the organizer's one address here (ours)",
  49: 'the tree of the mail, with two identical copies',
  50: 'the header of the calendar part',
  51: 'lines of 75 octets, never through a character',
  52: '7-bit, short lines, nothing smuggled into a header',
  53: "each person's own UID, stable and opaque (ours)",
  54: 'SEQUENCE by significance, DTSTAMP always rises',
  55: 'only what is on the list goes out',
  56: "Google's private block and links never reach a guest",
  57: 'the link to join is where people look',
  58: 'VTIMEZONE as Outlook takes it, where it is used',
  59: 'VTIMEZONE agrees with the zone data for five years',
  60: 'UTC stays Z, all-day has no zone',
  61: 'UNTIL and EXDATE fit DTSTART',
  62: 'a series with its changed dates in one object',
  63: 'no alarm but a harmless one',
  64: 'rules that Outlook cannot read are told',
  65: 'list headers, once each',
  66: 'other readers and the tables of RFC 5546 agree',
  67: "the organizer's own guests are left out, and told",
  68: 'what is over is not sent',
  69: 'updates reach who holds an invite, and nobody who left',
  70: 'ORGANIZER never changes a byte for a person',
  71: 'the CANCEL of a series',
  72: 'the CANCEL of one date, by its original start',
  73: 'leaving takes the entry away, coming back restores it',
  74: 'a significant change asks anew, a text does not',
  75: 'two quick edits are one mail, nobody ends on the older',
  76: 'a crash doubles nothing and leaves nobody out',
  77: 'answers of every known program',
  78: 'answers that lack fields are matched all the same',
  79: "the person's key in any spelling (ours: in the UID)",
  80: 'an answer from another address of the person',
  81: "somebody else's address in an answer",
  82: 'damaged UIDs',
  83: 'the latest answer stands, whenever it arrives',
  84: 'an answer to an old time is kept apart',
  85: 'answers for single dates',
  86: 'a proposed time is kept, the event stays',
  87: 'a delegation invites nobody',
  88: 'notes and numbers of guests',
  89: "out-of-office is none, Google's automatic reply is one",
  90: 'a letter in words goes to the organizer',
  91: 'a bounce is no answer',
  92: 'REFRESH sends the invite again, now and then',
  93: 'which program answered',
  94: "the answer to the organizer's calendar, once",
  95: 'the form of that answer',
  96: 'no loops, and a cap by day',
};

const [given] = process.argv.slice(2);
const report = JSON.parse(given === undefined ? freshReport() : readFileSync(given, 'utf8'));
const tests = testsIn(report);
const rows = Object.entries(PHRASES).map(([number, phrase]) => rowOf(Number(number), phrase));
writeFileSync(target, page(rows));
const short = rows.filter(({ state }) => state === 'FAIL' || state === 'none');
const count = state => rows.filter(row => row.state === state).length;
process.stdout.write(
  `conformance: ${count('pass')} of ${rows.length} pass, ${count('FAIL')} fail, ${count('none')} without a test\n`,
);
for (const { id, state } of short) process.stdout.write(`${id}: ${state}\n`);
process.exitCode = short.length === 0 ? 0 : 1;

function freshReport() {
  const folder = mkdtempSync(join(tmpdir(), 'sis-conformance-'));
  const file = join(folder, 'report.json');
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest];
  const folders = ['--testNamePattern', '\\[R-', ...FOLDERS.map(name => `test/${name}/`)];
  spawnSync(process.execPath, [...flags, '--json', '--outputFile', file, ...folders], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  const text = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  return text;
}

function testsIn({ testResults }) {
  const found = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, title, status }) => ({
      file: relative(root, name).split(sep).join('/'),
      title: title.replaceAll(/\[R-\d\d\]\s*/g, '').trim(),
      numbers: [...fullName.matchAll(/\[R-(\d\d)\]/g)].map(([, number]) => Number(number)),
      passed: status === 'passed',
      failed: status === 'failed',
    })),
  );
  return found.sort((a, b) => compare(a.file, b.file) || compare(a.title, b.title));
}

function rowOf(number, phrase) {
  const own = tests.filter(({ numbers }) => numbers.includes(number));
  const id = `R-${String(number).padStart(2, '0')}`;
  const state = own.some(({ failed }) => failed)
    ? 'FAIL'
    : own.some(({ passed }) => passed)
      ? 'pass'
      : 'none';
  return { number, id, phrase, state, own };
}

function page(all) {
  const passed = all.filter(({ state }) => state === 'pass').length;
  const lines = [
    '# Calendar mail: what is asked, and the tests that hold it',
    '',
    'Written by `npm run conformance`; the numbers stand in the names of the tests. Do not edit by hand.',
    '',
    `${passed} of ${all.length} pass.`,
  ];
  for (const [title, first, last] of GROUPS) {
    lines.push('', `## ${title}`, '', '| | asked | state | tests |', '| --- | --- | --- | --- |');
    for (const { number, id, phrase, state, own } of all) {
      if (number >= first && number <= last) lines.push(`| ${id} | ${phrase} | ${state} | ${cell(own)} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function cell(own) {
  const files = [...new Set(own.map(({ file }) => file))];
  return files
    .map(file => {
      const titles = own.filter(test => test.file === file).map(({ title }) => shown(title));
      const more = titles.length > NAMES_SHOWN ? `; and ${titles.length - NAMES_SHOWN} more` : '';
      return `\`${file}\`: ${titles.slice(0, NAMES_SHOWN).join('; ')}${more}`;
    })
    .join('<br>');
}

/** One table cell, whatever a test's data put into its name. */
function shown(title) {
  const text = title.replaceAll(/[^\x20-\x7e\u00a1-\u024f\u2010-\u2027]/g, ' ').replaceAll(/\s+/g, ' ');
  return text.slice(0, 140).replaceAll(/[\\|<>*_`[\]]/g, '\\$&');
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
