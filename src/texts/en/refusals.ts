/** English texts: why a calendar text is no event of ours, said to the organizer. `detail` is the value to blame, or empty. */
const named = (detail: string) => (detail === '' ? '' : ` (${detail})`);

export const refusals = {
  not_icalendar: () =>
    'The attachment is not an iCalendar file. Invite us from your calendar, or attach an .ics file.',
  vcalendar_1: () =>
    'The file is written in the old vCalendar 1.0 format. Export it as iCalendar (.ics, version 2.0) and send it again.',
  truncated: () => 'The calendar file ends in the middle. Send the invitation again.',
  no_event: () => 'The calendar file holds no event. Invite us to an event in your calendar.',
  task_only: () =>
    'The calendar file holds a task or a note, and no event. Make it an event and invite us again.',
  no_uid: () =>
    'The event has no UID, so later changes could not be matched to it. Create it in a calendar and invite us.',
  bad_uid: () =>
    'The UID of the event is too long or holds characters that no calendar writes. Create the event anew in your calendar and invite us.',
  no_start: () => 'The event has no start. Set a date and invite us again.',
  bad_start: (detail: string) =>
    `The start of the event can't be read${named(detail)}. Set its date and time again.`,
  bad_end: (detail: string) => `The end of the event can't be read${named(detail)}. Set its end again.`,
  end_before_start: (detail: string) => `The event ends before it starts${named(detail)}. Set its end again.`,
  unknown_zone: (detail: string) =>
    `The time zone of the event is not known and the file does not describe it${named(detail)}. Choose a time zone in your calendar and save the event.`,
  floating_time: () =>
    'The event has no time zone, so its moment is not certain. Choose a time zone in your calendar and save the event.',
  two_events: () => 'The invitation holds more than one event. Send one event per mail.',
  two_calendars: () => 'The mail holds more than one calendar. Send one event per mail.',
  unknown_method: (detail: string) =>
    `The calendar file has an unknown purpose${named(detail)}. Send it as an invitation.`,
  no_organizer: () => 'The event names no organizer. Invite us as a guest from your calendar.',
  too_large: () => 'The calendar data is too large. Take pictures and long texts out of the description.',
  too_many_lines: () =>
    'The calendar data has too many lines. Send one event per mail, with fewer guests or changes.',
  line_too_long: () =>
    'A line of the calendar data is too long. Take pictures and long texts out of the description.',
  too_deep: () =>
    'The calendar data is nested too deeply to be an event. Create the event anew in your calendar and invite us.',
  too_many_changes: () => 'The series has too many changed dates. Split it into shorter series.',
  too_many_dates: () =>
    'The series lists too many single dates. Use a repeat rule, or split it into shorter series.',
  rule_not_supported: (detail: string) =>
    `This repeat rule is not supported${named(detail)}. Use a simpler rule.`,
  range_not_supported: () =>
    'A change of "this and following" dates was sent in a form we do not support. End the series and start a new one.',
  year_out_of_range: (detail: string) =>
    `The event lies outside the years that we keep${named(detail)}. Check its date and the end of its series.`,
  too_long: () =>
    'The event is too long. Set its end within a year and a day of its start, or make it a series.',
  sequence_out_of_range: (detail: string) =>
    `The revision number of the event is out of range${named(detail)}. Copy the event in your calendar, invite us to the copy, and delete this one.`,
} as const;
