package isthmus.server.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one configuration key: a component of a configuration record, whose name is the component's name. Bounds
 * are checked where the text is read, not in the record's constructor, so that every broken key is reported at once and
 * with its place; the constructors check what a bound cannot say.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
    /** What the key means, for a person who operates the server. */
    String value();

    /** The value when the key is absent, as it would stand in the file; empty means that there is none. */
    String unset() default "";

    /** The smallest number allowed. */
    int min() default 0;

    /** The largest number allowed. */
    int max() default Integer.MAX_VALUE;

    /** Whether the value must never be shown. */
    boolean secret() default false;
}
