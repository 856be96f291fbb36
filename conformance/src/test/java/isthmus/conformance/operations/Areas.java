package isthmus.conformance.operations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The operations that the tests of a class carry out: all that these classes have. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Areas {
    /** Classes of {@code isthmus.server.operations}. */
    Class<?>[] value();
}
