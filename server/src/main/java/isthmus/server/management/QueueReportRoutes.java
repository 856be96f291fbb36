package isthmus.server.management;

import static isthmus.server.management.QueueRefusals.told;

import isthmus.queue.api.admin.Reports;
import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Route;
import isthmus.server.operations.QueueReportOperations;
import isthmus.server.operations.QueueReportOperations.Consumption;
import isthmus.server.operations.QueueReportOperations.Point;
import isthmus.server.operations.QueueReportOperations.Production;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many messages were sent and received. */
final class QueueReportRoutes {
    private static final Duration USUAL = Duration.ofHours(1);

    private final Reports reports;
    private final Clock clock;

    QueueReportRoutes(Reports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(QueueReportOperations.PRODUCTION, told(this::production)),
                Route.of(QueueReportOperations.CONSUMPTION, told(this::consumption)));
    }

    private Page<Point> production(Call<Production, None> call) {
        Production wanted = call.parameters();
        long to = to(wanted.to());
        return page(
                reports.production(wanted.topic(), Duration.ofMinutes(wanted.period()), from(wanted.from(), to), to));
    }

    private Page<Point> consumption(Call<Consumption, None> call) {
        Consumption wanted = call.parameters();
        long to = to(wanted.to());
        return page(reports.consumption(
                wanted.group(), wanted.topic(), Duration.ofMinutes(wanted.period()), from(wanted.from(), to), to));
    }

    private long to(@Nullable Instant to) {
        return to == null ? clock.millis() : QueuePages.millis("to", to);
    }

    private static long from(@Nullable Instant from, long to) {
        return from == null ? to - USUAL.toMillis() : QueuePages.millis("from", from);
    }

    private static Page<Point> page(List<Reports.Point> points) {
        return new Page<>(
                points.stream()
                        .map(one -> new Point(Instant.ofEpochMilli(one.startMillis()), one.messages(), one.tps()))
                        .toList(),
                null);
    }
}
