package dev.lanewise.autodiff.cost;

import dev.lanewise.Precision;
import dev.lanewise.autodiff.cost.CostTable.Work;
import dev.lanewise.kernel.SteadyState;
import dev.lanewise.kernel.lanes.CpuClass;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Measures the tables that `CostModel.builtIn()` reads, on a quiet machine, after `mvn test-compile`, under the JVM's
/// own collector:
///
/// ```
/// RUN="java -Xbatch -cp target/classes:target/test-classes"
/// VECTORS="$RUN --add-modules jdk.incubator.vector -Dlanewise.kernels=vectors"
/// R=src/main/resources/dev/lanewise/autodiff/cost
/// $VECTORS dev.lanewise.autodiff.cost.CostModelResource $R/cost-model-512.txt 120
/// $VECTORS -Dlanewise.lanes=8 dev.lanewise.autodiff.cost.CostModelResource $R/cost-model-256.txt 120
/// $VECTORS -Dlanewise.lanes=4 dev.lanewise.autodiff.cost.CostModelResource $R/cost-model-128.txt 120
/// $RUN dev.lanewise.autodiff.cost.CostModelResource $R/cost-model-portable.txt 120
/// ```
///
/// A table of narrower vectors than the machine has says so. The last argument is the number of seconds that the clock
/// runs, after all kernels have been compiled; a time is the shortest of all rounds.
final class CostModelResource {

  /// Larger products run the same code as these.
  private static final long MOST_SIZE_OF_WARM_UP = 1 << 18;
  private static final int LEAST_ROUNDS = 5;

  private CostModelResource() {}

  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[0]);
    long nanos = TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[1]));
    CostMeasurement measurement = new CostMeasurement();
    for (Precision precision : Precision.values()) {
      for (Work work : Work.values()) {
        SteadyState.reach(() -> measurement.call(precision, work, MOST_SIZE_OF_WARM_UP));
        System.out.println(precision + " " + work + " is compiled");
      }
    }
    int rounds = 0;
    for (long begin = System.nanoTime(); rounds < LEAST_ROUNDS || System.nanoTime() - begin < nanos; rounds++) {
      measurement.everyCell();
    }
    String lanes = System.getProperty(CpuClass.LANES);
    String origin = String.format(Locale.ROOT, "measured %s in %d rounds%s", LocalDate.now(), rounds,
        lanes == null ? "" : " by -D" + CpuClass.LANES + "=" + lanes + ", of a CPU of wider vectors");
    new CostFile(CostMachine.key(), origin, measurement.tables()).write(path);
    System.out.println(path + ": " + origin + " on " + CostMachine.key());
  }
}
