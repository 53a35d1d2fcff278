package dev.lanewise.report.chart;

import dev.lanewise.report.chart.Legend.Mark;
import java.awt.Font;
import java.awt.Paint;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.DefaultXYZDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// log₂(T_forward/T_reverse) over D × M: blue where forward mode is faster, orange where reverse mode is. One line is
/// the fitted line of equal times, the other is D = M, where the claim puts it. Pairs of the grid are blocks, pairs
/// between them are discs.
public final class HeatMap {

  private static final int AROUND = 62;
  private static final int HIGHEST_CELL = 66;
  /// The part of a picture's width that the axis takes.
  private static final int LEFT = 68;
  /// For the narrow layout, in which blocks are small.
  private static final Font CROWDED = Pen.SMALL.deriveFont(11.5f);
  private static final int STEPS = 64;
  private static final double RADIUS = 6.5;

  private HeatMap() {}

  /// The measurement of one pair.
  public record Cell(int d, int m, double value) {}

  /// A place on a line through the map.
  public record Place(double d, double m) {}

  /// @param ds values of D of the grid, rising
  /// @param ms values of M of the grid, rising
  /// @param crossover the fitted line of equal times, in order; may extend beyond the map; empty if there is none
  public static Chart svg(
      String name, String title, List<Integer> ds, List<Integer> ms, List<Cell> cells, List<Place> crossover) {
    List<Legend.Entry> legend = legend("forward faster", "reverse faster");
    legend.add(new Legend.Entry("D = M", Theme.INK, Mark.DASHES));
    if (!crossover.isEmpty()) {
      legend.add(new Legend.Entry("equal times, fitted", Theme.INK, Mark.LINE));
    }
    return chart(name, title, ds, ms, cells, legend, plot -> {
      draw(plot, ds, ms, diagonal(ds, ms), Pen.dashed(2));
      draw(plot, ds, ms, crossover, Pen.line(3));
    });
  }

  /// log₂(T_forward/T_reverse) less the value that counts predict.
  ///
  /// @param ds values of D of the grid, rising
  /// @param ms values of M of the grid, rising
  public static Chart departures(String name, String title, List<Integer> ds, List<Integer> ms, List<Cell> cells) {
    return chart(name, title, ds, ms, cells, legend("forward ahead of its count", "reverse ahead"), _ -> {});
  }

  private static List<Legend.Entry> legend(String blue, String orange) {
    return new ArrayList<>(List.of(new Legend.Entry(blue, Theme.FORWARD_4, Mark.SQUARE),
        new Legend.Entry(orange, Theme.REVERSE_4, Mark.SQUARE)));
  }

  private static Chart chart(String name, String title, List<Integer> ds, List<Integer> ms, List<Cell> cells,
      List<Legend.Entry> legend, Consumer<XYPlot> lines) {
    double deepest = cells.stream().mapToDouble(cell -> Math.abs(cell.value)).reduce(1, Math::max);
    List<Cell> blocks = cells.stream().filter(cell -> ds.contains(cell.d) && ms.contains(cell.m)).toList();
    List<Cell> discs = cells.stream().filter(cell -> !blocks.contains(cell)).toList();
    return Drawing.chart(name, title, cells.size(), layout -> {
      XYPlot plot = blocks(ds, ms, blocks, deepest);
      lines.accept(plot);
      double cell = (double) (layout.width - LEFT) / ds.size();
      print(plot, ds, ms, blocks, deepest, font(blocks, layout, cell));
      addDiscs(plot, ds, ms, discs);
      return new Drawing.Sheet(plot, AROUND + (int) (Math.min(HIGHEST_CELL, cell) * ms.size()), legend);
    });
  }

  private static XYPlot blocks(List<Integer> ds, List<Integer> ms, List<Cell> cells, double deepest) {
    DefaultXYZDataset data = new DefaultXYZDataset();
    data.addSeries("log2", new double[][] {cells.stream().mapToDouble(cell -> ds.indexOf(cell.d)).toArray(),
        cells.stream().mapToDouble(cell -> ms.indexOf(cell.m)).toArray(),
        cells.stream().mapToDouble(Cell::value).toArray()});
    XYBlockRenderer renderer = new XYBlockRenderer();
    renderer.setPaintScale(new Diverging(deepest));
    XYPlot plot = new XYPlot(data, axis("D, inputs", ds), axis("M, outputs", ms), renderer);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    return plot;
  }

  private static void addDiscs(XYPlot plot, List<Integer> ds, List<Integer> ms, List<Cell> cells) {
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setDefaultShape(new Ellipse2D.Double(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS));
    renderer.setAutoPopulateSeriesShape(false);
    renderer.setUseOutlinePaint(true);
    renderer.setDrawOutlines(true);
    renderer.setUseFillPaint(true);
    for (Cell cell : cells) {
      XYSeries one = new XYSeries(cell.d + " " + cell.m);
      one.add(index(ds, cell.d), index(ms, cell.m));
      data.addSeries(one);
      int last = data.getSeriesCount() - 1;
      renderer.setSeriesFillPaint(last, faster(cell).paint());
      renderer.setSeriesOutlinePaint(last, Theme.INK.paint());
      renderer.setSeriesOutlineStroke(last, Pen.line(1));
    }
    plot.setDataset(1, data);
    plot.setRenderer(1, renderer);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
  }

  /// Near the diagonal ratios are too small for the blocks' scale: a disc shows the faster mode, not the ratio.
  private static Theme faster(Cell cell) {
    boolean even = Signed.of(cell.value, 1).equals(Signed.of(0, 1));
    return even ? Theme.EVEN : cell.value < 0 ? Theme.FORWARD_3 : Theme.REVERSE_3;
  }

  private static SymbolAxis axis(String label, List<Integer> values) {
    SymbolAxis axis = new SymbolAxis(label, values.stream().map(String::valueOf).toArray(String[]::new));
    Drawing.style(axis);
    axis.setGridBandsVisible(false);
    axis.setRange(-0.5, values.size() - 0.5);
    axis.setTickMarksVisible(false);
    axis.setAxisLineVisible(false);
    return axis;
  }

  /// The largest font in which all numbers fit into blocks of this width; empty if none does, and the map shows colours
  /// only.
  private static Optional<Font> font(List<Cell> cells, Layout layout, double width) {
    double room = width - 3;
    return Stream.of(Pen.TEXT, layout.isNarrow() ? CROWDED : Pen.SMALL)
        .filter(font -> cells.stream().allMatch(cell -> Pen.width(text(cell), font) < room)).findFirst();
  }

  private static void print(
      XYPlot plot, List<Integer> ds, List<Integer> ms, List<Cell> cells, double deepest, Optional<Font> font) {
    if (font.isEmpty()) {
      return;
    }
    for (Cell cell : cells) {
      Theme ground = Theme.diverging(cell.value / deepest);
      XYTextAnnotation text = Drawing.text(text(cell), ds.indexOf(cell.d), ms.indexOf(cell.m), font.get(),
          ground.isStrong() ? Theme.ON_STRONG : Theme.INK, TextAnchor.CENTER);
      text.setBackgroundPaint(ground.paint());
      plot.addAnnotation(text);
    }
  }

  private static String text(Cell cell) {
    return Signed.of(cell.value, 1);
  }

  /// The line D = M over the range of both axes.
  private static List<Place> diagonal(List<Integer> ds, List<Integer> ms) {
    double low = Math.min(ds.getFirst(), ms.getFirst()) / 4.0;
    double high = 4.0 * Math.max(ds.getLast(), ms.getLast());
    return IntStream.rangeClosed(0, STEPS).mapToDouble(k -> low * Math.pow(high / low, (double) k / STEPS))
        .mapToObj(each -> new Place(each, each)).toList();
  }

  /// Draws a line, which the plot clips.
  private static void draw(XYPlot plot, List<Integer> ds, List<Integer> ms, List<Place> line, Stroke stroke) {
    for (int k = 0; k + 1 < line.size(); k++) {
      plot.addAnnotation(new XYLineAnnotation(index(ds, line.get(k).d), index(ms, line.get(k).m),
          index(ds, line.get(k + 1).d), index(ms, line.get(k + 1).m), stroke, Theme.INK.paint()));
    }
  }

  /// The position of a value on an axis whose cells are equally wide, interpolated and extrapolated by its logarithm.
  private static double index(List<Integer> values, double value) {
    if (values.size() == 1) {
      return Math.log(value / values.getFirst()) / Math.log(2);
    }
    int i = 0;
    while (i + 2 < values.size() && value > values.get(i + 1)) {
      i++;
    }
    double from = values.get(i);
    return i + Math.log(value / from) / Math.log(values.get(i + 1) / from);
  }

  /// [Theme#diverging] over ±deepest.
  private record Diverging(double deepest) implements PaintScale {

    @Override
    public double getLowerBound() {
      return -deepest;
    }

    @Override
    public double getUpperBound() {
      return deepest;
    }

    @Override
    public Paint getPaint(double value) {
      return Theme.diverging(value / deepest).paint();
    }
  }
}
