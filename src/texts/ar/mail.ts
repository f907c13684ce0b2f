/** Arabic texts: mail. */
import type { Translation } from '../shape.ts';

export const mail = (): Translation['mail'] => ({
  problems: {
    too_large: 'رسالتك أكبر مما يمكننا استقباله. يُرجى إزالة مرفقاتها وإرسال الدعوة مرة أخرى.',
    structure:
      'بُنيت رسالتك بطريقة لا يمكننا قراءتها: أجزاء متداخلة أو ترويسات أكثر من اللازم. يُرجى إرسال الدعوة من تقويمك مرة أخرى.',
    unreadable: 'لم نتمكن من قراءة رسالتك. يُرجى إرسال الدعوة من تقويمك مرة أخرى.',
  },
  linkLine: (label, url) => `${label}:\n${url}`,
});
