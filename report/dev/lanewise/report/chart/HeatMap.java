package dev.lanewise.report.chart;

import java.awt.Paint;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.DefaultXYZDataset;

/// log₂(T_forward/T_reverse) over D × M: blue where forward mode is the faster, orange where reverse mode is, the measured
/// line of equal times, and the line D = M that the claim says it is.
public final class HeatMap {

  private HeatMap() {}

  /// @param ds values of D, rising
  /// @param ms values of M, rising
  /// @param values `[d][m]`
  public static String svg(String name, String title, List<Integer> ds, List<Integer> ms, double[][] values) {
    double deepest = 1;
    double[][] points = new double[3][ds.size() * ms.size()];
    int point = 0;
    for (int i = 0; i < ds.size(); i++) {
      for (int j = 0; j < ms.size(); j++) {
        points[0][point] = i;
        points[1][point] = j;
        points[2][point++] = values[i][j];
        deepest = Math.max(deepest, Math.abs(values[i][j]));
      }
    }
    DefaultXYZDataset data = new DefaultXYZDataset();
    data.addSeries("log2", points);
    XYBlockRenderer renderer = new XYBlockRenderer();
    renderer.setPaintScale(new Diverging(deepest));
    XYPlot plot = new XYPlot(data, axis("D, inputs", ds), axis("M, outputs", ms), renderer);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    drawClaim(plot, ds, ms);
    for (Line2D piece : ZeroContour.of(values)) {
      plot.addAnnotation(new XYLineAnnotation(
          piece.getX1(), piece.getY1(), piece.getX2(), piece.getY2(), Drawing.line(3), Theme.INK.paint()));
    }
    print(plot, values, deepest);
    return Drawing.svg(name, title, plot, 440);
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

  private static void print(XYPlot plot, double[][] values, double deepest) {
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        XYTextAnnotation text = new XYTextAnnotation(String.format(Locale.ROOT, "%+.1f", values[i][j]).replace('-', '−'), i, j);
        text.setFont(values.length > 6 ? Drawing.SMALL.deriveFont(10f) : Drawing.TEXT);
        text.setTextAnchor(TextAnchor.CENTER);
        Theme ground = Theme.diverging(values[i][j] / deepest);
        text.setPaint((ground.isStrong() ? Theme.ON_STRONG : Theme.INK).paint());
        text.setBackgroundPaint(ground.paint());
        plot.addAnnotation(text);
      }
    }
  }

  /// D = M through the values that both axes have.
  private static void drawClaim(XYPlot plot, List<Integer> ds, List<Integer> ms) {
    List<Integer> both = ds.stream().filter(ms::contains).toList();
    for (int k = 0; k < both.size(); k++) {
      double i = ds.indexOf(both.get(k));
      double j = ms.indexOf(both.get(k));
      boolean last = k + 1 == both.size();
      double toI = last ? i + 0.5 : ds.indexOf(both.get(k + 1));
      double toJ = last ? j + 0.5 : ms.indexOf(both.get(k + 1));
      double fromI = k == 0 ? i - 0.5 : i;
      double fromJ = k == 0 ? j - 0.5 : j;
      plot.addAnnotation(new XYLineAnnotation(fromI, fromJ, toI, toJ, Drawing.dashed(1.5), Theme.MUTED.paint()));
    }
  }

  /// Theme.diverging over ±deepest.
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
