package dev.lanewise.autodiff.cost;

import dev.lanewise.Lanewise;
import dev.lanewise.Precision;
import dev.lanewise.autodiff.cost.CostTable.Work;
import dev.lanewise.file.Excerpt;
import dev.lanewise.flight.Flight;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// How many nanoseconds the operations of a chain of Jacobians take, on one thread, with operands in the cache or on the way there.
///
/// Times are measured at sizes 1, 2, 4, 8, 16, 64, 256 and 1024 of m, n and k. Between, log t is linear in log m, log n and log k; beyond, t ∝
/// m·n·k. They are for comparing orders of multiplication, not promises: a size that is no whole number of vectors takes up to
/// twice what its neighbours do.
///
/// | model              | whose times                                             | measures                                     |
/// |--------------------|---------------------------------------------------------|----------------------------------------------|
/// | [#builtIn()]       | of a machine with such vectors                          | never                                        |
/// | [#standard()]      | this machine's from its cache file, else the built-in   | never                                        |
/// | [#calibrated()]    | this machine's                                          | for two seconds where there is no cache file |
/// | [#calibrate()]     | this machine's                                          | for two seconds                              |
///
/// The cache file lies in the folder that the system property `lanewise.cache` names, else in `$XDG_CACHE_HOME/lanewise` or
/// `~/.cache/lanewise`, on macOS in `~/Library/Caches/lanewise`, on Windows in `%LOCALAPPDATA%\lanewise`. A user without a home,
/// or with a relative path for one, has no cache file.
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

  private static final long CALIBRATION_NANOS = TimeUnit.MILLISECONDS.toNanos(1_600);
  /// Each fault is logged once.
  private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

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
      throw new IllegalArgumentException("CostModel: product of m = " + m + ", n = " + n + ", k = " + k + ", expected none below 0");
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

  /// {@return the time of turning so many rows into columns, as in [dev.lanewise.MatrixOps#transposeInto]}
  ///
  /// @throws IllegalArgumentException if a size is negative
  public double transposeNanos(Precision precision, int rows, int columns) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException("CostModel: transpose of " + rows + " × " + columns + ", expected none below 0");
    }
    boolean empty = rows == 0 || columns == 0;
    CostTable table = content.tables().of(precision, Work.TRANSPOSE);
    return empty ? table.nanos(1, 1, 1) : table.nanos(1, rows, columns);
  }

  /// {@return where the times come from: built-in, calibrated when and how far, read from which file}
  public String source() {
    return source;
  }

  /// {@return what this machine's cache file says if there is a valid one, else [#builtIn()]} Read once; never
  /// measures, never writes.
  public static CostModel standard() {
    return Standard.MODEL;
  }

  private static final class Standard {
    static final CostModel MODEL = CostMachine.file().map(CostModel::standard).orElseGet(CostModel::builtIn);
  }

  static CostModel standard(Path file) {
    CostModel cached = cached(file);
    return cached == null ? builtIn() : cached;
  }

  /// {@return the times in the library's jar for the kernels in use: one table each for vectors of 128, 256 and 512 bit,
  /// and one for the portable kernels} Their [#source()] says on which machine they were measured.
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

  /// Measures this machine, on the calling thread, in less than two seconds. In a JVM that has just started, kernels are not yet
  /// compiled: what is not by then is the built-in time, scaled by the median of measured over built-in; [#source()] says of how many.
  ///
  /// @return the times measured
  public static CostModel calibrate() {
    return measure().model();
  }

  /// @param usable whether at least half of its times are measured
  record Measured(CostModel model, boolean usable) {}

  private static Measured measure() {
    long begin = System.nanoTime();
    long deadline = begin + CALIBRATION_NANOS;
    CostCalibration calibration = new CostCalibration(builtIn().content.tables());
    // What counts is how long vectors take, not the plain Java that stands in until they are compiled.
    Lanewise.byVectors(() -> calibration.measure(deadline));
    CostCalibration.Result result = calibration.result();
    String origin = String.format(Locale.ROOT, "calibrated %s, %d of %d times measured",
        Instant.now().truncatedTo(ChronoUnit.SECONDS), result.settled(), result.all());
    if (result.settled() < result.all()) {
      origin += String.format(Locale.ROOT, ", the others built-in × %.2f", result.ratio());
    }
    CostModel model = new CostModel(new CostFile(CostMachine.key(), origin, result.tables()), origin);
    Flight.calibrated(CostMachine.key(), result.settled(), begin);
    return new Measured(model, 2 * result.settled() >= result.all());
  }

  /// {@return what this machine's cache file says if there is a valid one, else [#calibrate()], which is then saved
  /// there if at least half of its times could be measured: in a program that has just started they cannot, and a later
  /// call measures again} Where saving fails, one line in the log says so.
  public static synchronized CostModel calibrated() {
    return calibrated(CostMachine.file(), CostModel::measure);
  }

  static CostModel calibrated(Optional<Path> file, Supplier<Measured> measure) {
    if (file.isPresent()) {
      return calibrated(file.get(), measure);
    }
    log("Lanewise cannot keep its calibration: this user has no home, and " + CostMachine.CACHE + " names no folder");
    return measure.get().model();
  }

  static CostModel calibrated(Path file, Supplier<Measured> measure) {
    CostModel cached = cached(file);
    if (cached != null) {
      return cached;
    }
    Measured measured = measure.get();
    if (!measured.usable()) {
      return measured.model();
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      measured.model().write(file);
    } catch (IOException e) {
      log("Lanewise cannot keep its calibration: " + e);
    }
    return measured.model();
  }

  /// Null where there is no file, or none that is valid.
  private static CostModel cached(Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return read(file);
    } catch (IOException e) {
      log("Lanewise does not use its cache file: " + e.getMessage());
      return null;
    }
  }

  private static void log(String line) {
    if (LOGGED.add(line)) {
      System.getLogger("dev.lanewise").log(System.Logger.Level.WARNING, line);
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
      throw CostFile.fault(path.toString(), "has the times of \"" + Excerpt.of(file.machine()) + "\", expected \"" + machine + "\"");
    }
    return new CostModel(file, file.origin() + ", from " + path);
  }

  /// Writes all times, beside `path` first: whatever happens in between, `path` holds the whole of the old or of the new content.
  /// A file that is there keeps its permissions, a link stays one; only regular files that may be written are replaced.
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
