/** Arabic texts: the second look that a public form takes when much is asked for from one network. */
import type { Texts } from '../shape.ts';

export const guard = (): Texts['guard'] => ({
  title: 'لحظة من فضلك',
  body: 'طُلبت دعوات كثيرة من شبكتك في وقت قصير، لذلك نتأكد من أن الطالب ليس آلة.',
  busy: 'يُجري متصفحك عملية حسابية. يستغرق ذلك ثانية أو ثانيتين، ولا يلزم الضغط على أي شيء.',
  mailFirst: 'لم يحدث شيء؟ اضغط هنا إذن: نكتب أولًا إلى العنوان ونسأل إن كان لك.',
  button: 'راسلوني أولًا',
});
