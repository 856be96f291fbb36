package isthmus.gateway.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The normative statements of MQTT 3.1.1 that a test proves, such as {@code MQTT-3.1.4-2}. The conformance module reads it
 * from the sources, by its simple name, and writes docs/conformance.md.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface Normative {
    String[] value();
}
