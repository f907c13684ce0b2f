/** Japanese texts: mail. */
import type { Translation } from '../shape.ts';

export const mail = (): Translation['mail'] => ({
  problems: {
    too_large:
      'メールのサイズが大きすぎて受け取れません。添付ファイルを外して、招待をもう一度送信してください。',
    structure:
      'メールの構造を読み取れません。入れ子になった部分やヘッダーが多すぎます。カレンダーから招待をもう一度送信してください。',
    unreadable: 'メールを読み取れませんでした。カレンダーから招待をもう一度送信してください。',
  },
  linkLine: (label, url) => `${label}：\n${url}`,
});
