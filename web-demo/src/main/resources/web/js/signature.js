/**
 * The password of a device: Base64(HMAC-SHA1(SecretKey, Group ID)).
 *
 * It is computed here, in the page, so that the secret key never travels: only the password does. The browser's own
 * crypto.subtle would be missing when the page is opened over plain HTTP from another machine, therefore CryptoJS.
 */
export function sign(groupId, secretKey) {
  const { HmacSHA1, enc } = window.CryptoJS;
  return enc.Base64.stringify(HmacSHA1(groupId, secretKey));
}
