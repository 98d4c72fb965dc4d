package io.serversence.api;

import io.serversence.document.MeterWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prometheus's text format 0.0.4, grouped by name as it demands. Used by one thread. */
final class PrometheusText implements MeterWriter {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Map<String, StringBuilder> families = new LinkedHashMap<>();

  @Override
  public void counter(String name, String help, double value, String... labels) {
    line(family(name, help, "counter"), name, value, labels);
  }

  @Override
  public void gauge(String name, String help, double value, String... labels) {
    line(family(name, help, "gauge"), name, value, labels);
  }

  @Override
  public void histogram(
      String name, String help, double[] bounds, long[] counts, double sum, String... labels) {
    StringBuilder text = family(name, help, "histogram");
    long total = 0;
    for (int i = 0; i < counts.length; i++) {
      total += counts[i];
      String[] more = new String[labels.length + 2];
      System.arraycopy(labels, 0, more, 0, labels.length);
      more[labels.length] = "le";
      more[labels.length + 1] = i < bounds.length ? number(bounds[i]) : "+Inf";
      line(text, name + "_bucket", (double) total, more);
    }
    line(text, name + "_sum", sum, labels);
    line(text, name + "_count", (double) total, labels);
  }

  private StringBuilder family(String name, String help, String type) {
    return families.computeIfAbsent(
        name,
        n ->
            new StringBuilder()
                .append("# HELP ")
                .append(n)
                .append(' ')
                .append(help.replace("\\", "\\\\").replace("\n", "\\n"))
                .append("\n# TYPE ")
                .append(n)
                .append(' ')
                .append(type)
                .append('\n'));
  }

  private static void line(StringBuilder text, String name, double value, String... labels) {
    text.append(name);
    if (labels.length > 0) {
      text.append('{');
      for (int i = 0; i + 1 < labels.length; i += 2) {
        text.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
        text.append(labels[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
        text.append('"');
      }
      text.append('}');
    }
    text.append(' ').append(number(value)).append('\n');
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  @Override
  public String toString() {
    StringBuilder all = new StringBuilder();
    families.values().forEach(all::append);
    return all.toString();
  }
}
