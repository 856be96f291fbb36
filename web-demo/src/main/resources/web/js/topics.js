/**
 * What MQTT and the gateway say about topics and Client IDs.
 *
 * The functions ending in "Problem" return the key of a sentence for the person (see i18n/*.json), or null when all is well.
 */

const SEPARATOR = '@@@';
const MAX_CLIENT_ID = 64;
const MAX_TOPIC_BYTES = 65535;

export function clientId(groupId, deviceId) {
  return groupId + SEPARATOR + deviceId;
}

export function clientIdProblem(groupId, deviceId) {
  if (groupId === '') return 'problem.group';
  if (deviceId === '') return 'problem.device';
  if (groupId.includes(SEPARATOR) || deviceId.includes(SEPARATOR)) return 'problem.clientIdParts';
  if (clientId(groupId, deviceId).length > MAX_CLIENT_ID) return 'problem.clientIdLength';
  return null;
}

/** The topic that reaches exactly one client, whether it has subscribed to anything or not. */
export function p2pTopic(parent, targetClientId) {
  return `${parent}/p2p/${targetClientId}`;
}

/** "p2p" is special as the second level only. */
export function isP2p(topic) {
  const levels = topic.split('/');
  return levels.length >= 3 && levels[1] === 'p2p';
}

export function topicProblem(topic) {
  if (topic === '') return 'problem.topicEmpty';
  if (/[+#]/.test(topic)) return 'problem.topicWildcard';
  return commonProblem(topic);
}

export function filterProblem(filter) {
  if (filter === '') return 'problem.filterEmpty';
  const levels = filter.split('/');
  const last = levels.length - 1;
  if (levels.some((level, i) => level.includes('#') && (level !== '#' || i !== last))) return 'problem.filterHash';
  if (levels.some((level) => level.includes('+') && level !== '+')) return 'problem.filterPlus';
  return commonProblem(filter);
}

export function parentProblem(parent) {
  return parent === '' || /[/+#]/.test(parent) ? 'problem.parent' : null;
}

export function targetProblem(target) {
  const parts = target.split(SEPARATOR);
  return parts.length === 2 && parts.every((part) => part !== '') && !/[/+#]/.test(target) ? null : 'problem.target';
}

function commonProblem(topic) {
  if (topic.includes('\u0000')) return 'problem.topicNul';
  if (new TextEncoder().encode(topic).length > MAX_TOPIC_BYTES) return 'problem.topicLength';
  return null;
}
