/** A payload is bytes. This file decides how to show them to a person. */

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
// Control characters other than tab, line feed and carriage return say "this is not text".
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** The bytes as text, or null when they are not text. */
export function asText(bytes) {
  try {
    const text = UTF8.decode(bytes);
    return CONTROL.test(text) ? null : text;
  } catch {
    return null;
  }
}

/** The bytes in the usual three columns: offset, sixteen bytes in hex, the same as ASCII. */
export function asHex(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = Array.from(bytes.subarray(at, at + 16));
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const ascii = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(47)}  ${ascii}`);
  }
  return lines.join('\n');
}
