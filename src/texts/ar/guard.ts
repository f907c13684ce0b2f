/** Arabic texts: the second look that a public form takes when much is asked for from one network. */
import type { Texts } from '../shape.ts';

export const guard = (): Texts['guard'] => ({
  title: 'لحظة من فضلك',
  body: 'طُلبت دعوات كثيرة من شبكتك خلال وقت قصير، ولذلك نتأكد من أن من يطلبها ليس برنامجًا.',
  busy: 'يُجري متصفحك عملية تحقق. يستغرق ذلك ثانية أو ثانيتين، ولا يلزم الضغط على أي شيء.',
  mailFirst: 'لم يحدث شيء؟ اضغط هنا: سنرسل أولًا رسالة إلى العنوان للتأكد من أنه لك.',
  button: 'أرسلوا إليّ رسالة أولًا',
});
