/** The package brings no types; what we use of it is described in sdk.ts. */
declare module '@mailchimp/mailchimp_marketing';
