/** Programs that a person copies from: devices with Paho, server applications with ONS and RocketMQ clients. */
@NullMarked
package isthmus.examples;

import org.jspecify.annotations.NullMarked;
