package isthmus.server.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one component of a record that is a request, a parameter or an answer. Bounds and defaults are applied when
 * JSON becomes a record, and told in the OpenAPI document. A component that is not {@code @Nullable} and has no default has to
 * be there; lists, sets and maps may be left out and are empty then. What a bound cannot say, the record's compact
 * constructor checks: {@code throw new IllegalArgumentException("name: what is wrong with it")}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {
    /** What it means, with its unit. */
    String value();

    /** The value when it is left out, as text; empty means that there is none. */
    String unset() default "";

    /** The smallest number, the shortest text, the fewest items. */
    long min() default Long.MIN_VALUE;

    /** The largest number, the longest text, the most items. */
    long max() default Long.MAX_VALUE;

    /** Whether the value must not be repeated in a message; a command takes it from a file, too. */
    boolean secret() default false;
}
