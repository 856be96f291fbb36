package isthmus.queue.api.admin;

/**
 * @param members how many clients are online
 * @param consuming false when an operator has stopped the group
 * @param backlog messages that it has yet to consume, those to be retried included; 0 for broadcasting
 * @param tps messages it was given per second in the last minute
 */
public record GroupSummary(String group, int members, boolean consuming, long backlog, double tps) {}
