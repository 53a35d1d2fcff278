package dev.lanewise.report.chart;

import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// Figures over the epochs of a training: a line for each, on a logarithmic axis.
public final class EpochLines {

  private static final List<Theme> COLOURS = List.of(Theme.FORWARD, Theme.REVERSE, Theme.NEUTRAL);

  /// Decades from which an axis shows powers of ten, because plain figures would have too many digits.
  private static final double MANY = 3;
  private static final int MOST_TICKS = 5;

  private static final int HEIGHT = 300;

  private EpochLines() {}

  /// One figure.
  ///
  /// @param name what it is
  /// @param values the values of epochs 1, 2, 3, …; above 0
  public record Line(String name, List<Double> values) {}

  /// @param axis what the figures are
  /// @param lines at most three, at least one value in each
  public static Chart svg(String name, String title, String axis, List<Line> lines) {
    List<Legend.Entry> legend = IntStream.range(0, lines.size())
        .mapToObj(line -> new Legend.Entry(lines.get(line).name, COLOURS.get(line), Legend.Mark.LINE)).toList();
    int values = lines.stream().mapToInt(line -> line.values.size()).sum();
    return Drawing.chart(name, title, values, _ -> new Drawing.Sheet(plot(axis, lines), HEIGHT, legend));
  }

  private static XYPlot plot(String axis, List<Line> lines) {
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    int epochs = 1;
    for (int line = 0; line < lines.size(); line++) {
      List<Double> values = lines.get(line).values;
      XYSeries series = new XYSeries(lines.get(line).name);
      for (int epoch = 1; epoch <= values.size(); epoch++) {
        series.add(epoch, values.get(epoch - 1));
      }
      data.addSeries(series);
      renderer.setSeriesPaint(line, COLOURS.get(line).paint());
      renderer.setSeriesStroke(line, Pen.line(2));
      epochs = Math.max(epochs, values.size());
    }
    XYPlot plot = new XYPlot(data, xAxis(epochs), yAxis(axis, lines), renderer);
    Drawing.grid(plot, false, true);
    return plot;
  }

  private static NumberAxis xAxis(int epochs) {
    NumberAxis axis = new NumberAxis("epoch");
    Drawing.style(axis);
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    axis.setRange(0, 1.02 * epochs);
    return axis;
  }

  private static LogAxis yAxis(String label, List<Line> lines) {
    double low = lines.stream().flatMap(line -> line.values.stream()).mapToDouble(Double::doubleValue).min()
        .orElseThrow();
    double high = lines.stream().flatMap(line -> line.values.stream()).mapToDouble(Double::doubleValue).max()
        .orElseThrow();
    double decades = Math.log10(high / low);
    LogAxis axis = decades > MANY ? Drawing.decades(label, Math.ceil(decades / MOST_TICKS))
        : Drawing.logarithmic(label, decades > 1 ? 1 : decades > 0.3 ? 0.5 : 0.1);
    axis.setRange(low / Math.max(1.1, Math.pow(high / low, 0.04)), high * 1.1);
    return axis;
  }
}
