/** Arabic texts: rsvp. No isolates in subjects: the composer takes them out. */
import type { Translation } from '../shape.ts';
import { isolate } from './isolate.ts';

export const rsvp = (): Translation['rsvp'] => ({
  counter: {
    subject: title => `بشأن اقتراحك: ${title}`,
    title: 'يبقى الموعد كما هو',
    lead: organizer =>
      `شكرًا لاقتراحك موعدًا آخر. مواعيد هذا الحدث ثابتة، ولذلك يبقى في تقويمك الموعد الذي حدّده المنظِّم ${isolate(organizer)}. سننقل اقتراحك إليه.`,
    comment: 'مواعيد هذا الحدث ثابتة. نُقل اقتراحك إلى المنظِّم.',
    proposed: 'اقتراحك',
    stays: 'الموعد المعتمد',
    footer: 'أنشأ برنامجٌ هذه الرسالة لأن تقويمك أرسل اقتراحًا.',
  },
  message: {
    subject: sender => `رسالة من ${sender}`,
    subjectAbout: (sender, title) => `رسالة من ${sender} بشأن ${title}`,
    title: sender => `رسالة من ${isolate(sender)}`,
    lead: 'وصل ردّ على إحدى دعواتك بكلام مكتوب بدلًا من «نعم» أو «لا». لم يتغيّر أي شيء بسبب ذلك.',
    unproven: 'لم نتمكن من التحقق من هوية المرسِل.',
    said: 'الموضوع',
    from: 'من',
    event: 'الحدث',
    reply: sender => `مراسلة ${isolate(sender)}`,
    empty: 'لم تتضمّن الرسالة نصًّا يمكننا نقله.',
    attachments: 'لا تُنقل المرفقات.',
    cut: 'حُذفت بقية النص.',
    footer: 'تصلك هذه الرسالة لأنك ترسل دعوات بهذا العنوان.',
  },
});
