/** English texts: the second look that a public form takes when much is asked for from one network. */
export const guard = {
  title: 'One moment, please',
  body: 'Many invites were asked for from your network in a short time, so we make sure that no machine is asking.',
  busy: 'Your browser is working it out. It takes a second or two, and nothing has to be pressed.',
  mailFirst: 'Nothing moves? Then press here: we first write to the address and ask whether it is yours.',
  button: 'Write to me first',
} as const;
