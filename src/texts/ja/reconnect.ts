/** Japanese texts: the mail that says that an account at a platform has to be connected again. */
import type { Translation } from '../shape.ts';

export const reconnect = (): Translation['reconnect'] => ({
  title: platform => `${platform}を再接続してください`,
  preheader: platform => `${platform}に接続できるまで、回答はここで保管されます。`,
  lead: (platform, account) =>
    `${platform}の「${account}」にアクセスできなくなりました。アクセス権が取り消されたか、期限が切れています。アカウントを再接続してください。保管中の内容はその後に送信されます。`,
  button: '再接続する',
  meanwhile: platform =>
    `招待と回答はこれまでどおり続きます。回答は保管され、アカウントが接続されしだい${platform}に書き込まれます。`,
  footer: 'このワークスペースのメンバーの方にお送りしています。このメールは自動で作成されました。',
});
