/**
 * Topic Names and Topic Filters (MQTT 3.1.1, section 4.7): what a filter matches, and the tree that finds all
 * subscriptions that match a name.
 */
@NullMarked
package isthmus.gateway.topics;

import org.jspecify.annotations.NullMarked;
