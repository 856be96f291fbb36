package isthmus.conformance.bench;

import java.util.List;

/** Something that can be measured once on a server. */
interface Measurement {
    List<Figure> take(MeasuredServer server);
}
