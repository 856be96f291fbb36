package isthmus.conformance.normative;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The normative statements of MQTT 3.1.1 that a test proves, such as {@code MQTT-3.1.4-2}. Read from the sources by {@link
 * CitedTests}, which knows it by its simple name: each module whose tests cite statements has one like it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface Normative {
    String[] value();
}
