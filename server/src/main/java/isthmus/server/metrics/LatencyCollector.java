package isthmus.server.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import isthmus.gateway.admin.LatencyHistogram;

/** Shows a histogram of the gateway to Prometheus. */
final class LatencyCollector implements Collector {
    private final String name;
    private final String meaning;
    private final LatencyHistogram histogram;

    LatencyCollector(String name, String meaning, LatencyHistogram histogram) {
        this.name = name;
        this.meaning = meaning;
        this.histogram = histogram;
    }

    @Override
    public String getPrometheusName() {
        return name;
    }

    @Override
    public MetricSnapshot collect() {
        double[] bounds = LatencyHistogram.bounds();
        long[] counts = histogram.counts();
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < counts.length; i++) {
            buckets.bucket(i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY, counts[i]);
        }
        return HistogramSnapshot.builder()
                .name(name)
                .help(meaning)
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets.build())
                        .sum(histogram.totalSeconds())
                        .build())
                .build();
    }
}
