/**
 * The ports of the gateway: what it needs of the log, of the accounts and of its store, in MQTT's vocabulary. The bridge
 * and the server implement them; the gateway itself knows neither RocketMQ nor configuration files.
 */
@NullMarked
package isthmus.gateway.spi;

import org.jspecify.annotations.NullMarked;
