/** Every test runs in UTC, as the service does: a zone of the machine must never matter. */
process.env.TZ = 'UTC';
