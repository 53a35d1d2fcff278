package dev.lanewise.autodiff.cost;

import dev.lanewise.Precision;
import dev.lanewise.autodiff.cost.CostTable.Work;
import dev.lanewise.file.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// How many nanoseconds the operations of a chain of Jacobians take, on one thread, with operands in the cache or on
/// the way there.
///
/// Times are measured at sizes 1, 2, 4, 8, 16, 64, 256 and 1024 of m, n and k. Between these sizes, log t is linear in
/// log m, log n and log k; beyond them, t ∝ m·n·k. The times serve to compare orders of multiplication: a size that is
/// no whole number of vectors takes up to twice its neighbours' time.
///
/// [#builtIn()] has the times of a machine with such vectors as this one's, not this machine's: where that is not
/// enough, [dev.lanewise.autodiff.JacobianOptions#withAutotuning] times the orders that matter. For a table of this
/// machine, run the command that measured the built-in ones, and read its file.
///
/// Immutable.
public final class CostModel {

  /// How the operands of C[m × n] = A[m × k]·B[k × n] lie in memory.
  public enum Form {
    /// Both by rows: [dev.lanewise.Ops#times].
    A_B(Work.A_B),
    /// B by columns: [dev.lanewise.Ops#timesTransposed].
    A_BT(Work.A_BT),
    /// A by columns: [dev.lanewise.Ops#transposedTimes].
    AT_B(Work.AT_B);

    private final Work work;

    Form(Work work) {
      this.work = work;
    }
  }

  private final CostFile content;
  private final String source;

  CostModel(CostFile content, String source) {
    this.content = content;
    this.source = source;
  }

  /// {@return the time of a whole product of m × k by k × n numbers}
  ///
  /// @throws IllegalArgumentException if a size is negative
  public double productNanos(Precision precision, Form form, int m, int n, int k) {
    if (m < 0 || n < 0 || k < 0) {
      throw new IllegalArgumentException("CostModel: product of m = " + m + ", n = " + n + ", k = " + k
          + ", expected none below 0");
    }
    boolean empty = m == 0 || n == 0 || k == 0;
    CostTable table = content.tables().of(precision, form.work);
    return empty ? table.nanos(1, 1, 1) : table.nanos(m, n, k);
  }

  /// {@return the time of one pass over so many elements: two read and one written for each, as in
  /// [dev.lanewise.PointwiseOps#scaleBySlope]}
  ///
  /// @throws IllegalArgumentException if `elements` is negative
  public double passNanos(Precision precision, long elements) {
    if (elements < 0) {
      throw new IllegalArgumentException("CostModel: pass over " + elements + " elements, expected none below 0");
    }
    return content.tables().of(precision, Work.PASS).nanos(1, 1, elements);
  }

  /// {@return the time of transposing so many rows and columns, as in [dev.lanewise.MatrixOps#transposeInto]}
  ///
  /// @throws IllegalArgumentException if a size is negative
  public double transposeNanos(Precision precision, int rows, int columns) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException("CostModel: transpose of " + rows + " × " + columns
          + ", expected none below 0");
    }
    boolean empty = rows == 0 || columns == 0;
    CostTable table = content.tables().of(precision, Work.TRANSPOSE);
    return empty ? table.nanos(1, 1, 1) : table.nanos(1, rows, columns);
  }

  /// {@return where the times come from: built-in or read from which file, measured when and on which machine}
  public String source() {
    return source;
  }

  /// {@return the times in the library's jar for the kernels in use: one table each for vectors of 128, 256 and 512
  /// bit, and one for the portable kernels} Their [#source()] says on which machine they were measured.
  public static CostModel builtIn() {
    return BuiltIn.MODEL;
  }

  private static final class BuiltIn {
    static final CostModel MODEL = load(CostMachine.kernels());

    private static CostModel load(String kernels) {
      String name = "cost-model-" + kernels + ".txt";
      try (InputStream in = CostModel.class.getResourceAsStream(name)) {
        CostFile file = CostFile.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        return new CostModel(file, "built-in: " + file.origin() + " on " + file.machine());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  /// Reads what [#write] wrote on a machine like this one.
  ///
  /// @return the times that it holds
  /// @throws IOException if the file cannot be read, is damaged, or holds another machine's times
  public static CostModel read(Path path) throws IOException {
    CostFile file = CostFile.read(path);
    String machine = CostMachine.key();
    if (!file.machine().equals(machine)) {
      throw CostFile.fault(path.toString(),
          "has the times of \"" + Excerpt.of(file.machine()) + "\", expected \"" + machine + "\"");
    }
    return new CostModel(file, file.origin() + ", from " + path);
  }

  /// Writes all times. They are first written beside `path`: whatever happens meanwhile, `path` holds the whole of the
  /// old or of the new content. An existing file keeps its permissions, and a link stays a link. Only regular files
  /// that may be written are replaced.
  ///
  /// @throws IOException if it cannot be written
  public void write(Path path) throws IOException {
    content.write(path);
  }

  @Override
  public String toString() {
    return "CostModel[" + source + "]";
  }
}
