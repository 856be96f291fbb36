/**
 * From Paho's error codes to something a person can act on.
 *
 * A failure is {kind, values}: the keys failure.<kind>.what and failure.<kind>.todo in i18n/*.json say what happened and what
 * to do about it, with the values filled in.
 */

// The codes of paho-mqtt.js that matter here. (A browser never tells a page why a socket failed, for safety.)
const CONNECT_TIMEOUT = 1;
const PING_TIMEOUT = 4;
const CONNACK_REFUSED = 6;
const SOCKET_ERROR = 7;
const SOCKET_CLOSED = 8;

export const CONNECT_TIMEOUT_SECONDS = 10;

/** Why a connection did not come about. */
export function connectFailure({ errorCode, errorMessage }, address) {
  switch (errorCode) {
    case CONNACK_REFUSED:
      return refusal(Number(/code:(\d+)/.exec(errorMessage)?.[1]));
    case CONNECT_TIMEOUT:
      return { kind: 'timeout', values: { address, seconds: CONNECT_TIMEOUT_SECONDS } };
    case SOCKET_ERROR:
    case SOCKET_CLOSED:
      return address.startsWith('wss:')
        ? { kind: 'unreachableTls', values: { address, httpsAddress: address.replace('wss:', 'https:') } }
        : { kind: 'unreachable', values: { address } };
    default:
      return { kind: 'internal', values: { detail: errorMessage } };
  }
}

/** CONNACK return codes 1 to 5 are those of MQTT 3.1.1, section 3.2.2.3. */
function refusal(code) {
  return code >= 1 && code <= 5 ? { kind: `refused${code}`, values: { code } } : { kind: 'refused', values: { code } };
}

/** Why an existing connection ended. suspect is the topic of a publish that the server has not answered, or null. */
export function lossFailure({ errorCode, errorMessage }, suspect) {
  switch (errorCode) {
    case PING_TIMEOUT:
      return { kind: 'silent', values: {} };
    case SOCKET_ERROR:
    case SOCKET_CLOSED:
      return suspect === null ? { kind: 'lost', values: {} } : { kind: 'lostAfterPublish', values: { topic: suspect } };
    default:
      return { kind: 'internal', values: { detail: errorMessage } };
  }
}

/** Trying again helps when the way was blocked or the server is busy, not when it said no. */
export function isWorthRetrying(failure) {
  return failure.kind === 'refused3' || !failure.kind.startsWith('refused');
}
