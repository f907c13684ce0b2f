/** Japanese texts: the second look that a public form takes when much is asked for from one network. */
import type { Texts } from '../shape.ts';

export const guard = (): Texts['guard'] => ({
  title: '少々お待ちください',
  body: 'お使いのネットワークから短時間に多くの招待が申し込まれたため、プログラムによる申し込みでないことを確認しています。',
  busy: 'ブラウザで確認しています。1～2秒で終わります。操作は必要ありません。',
  mailFirst:
    '先に進まない場合は、こちらを押してください。ご本人のアドレスであることを確かめるため、まず確認メールをお送りします。',
  button: '先に確認メールを受け取る',
});
