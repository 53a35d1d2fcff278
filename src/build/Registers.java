import java.util.ArrayList;
import java.util.List;

/// The vector registers that a kernel is written for: the precision of their numbers, their width in bits, their count.
record Registers(Precision precision, int bits, int count) {

  /// The bits of the widest registers there are; several narrower vectors take the place of one of these.
  static final int WIDEST = 512;

  /// The registers of all classes of processors, see the kernel's `CpuClass`, the widest first.
  static List<Registers> all() {
    List<Registers> all = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      all.add(new Registers(precision, 512, 32));
      all.add(new Registers(precision, 256, 32));
      all.add(new Registers(precision, 256, 16));
      all.add(new Registers(precision, 128, 32));
      all.add(new Registers(precision, 128, 16));
    }
    return all;
  }

  /// For kernels that are the same however many registers there are: each width once, with the fewest.
  static List<Registers> ofEachWidth() {
    return all().stream().filter(registers -> registers.bits == WIDEST || !registers.areMany()).toList();
  }

  int lanes() {
    return bits / precision.size;
  }

  /// Whether there are 32, else 16.
  boolean areMany() {
    return count == 32;
  }

  /// Whether a vector of half the width takes less time than a whole one, as on cores that execute 512 bit in two
  /// halves.
  boolean haveHalves() {
    return bits == WIDEST;
  }

  /// Whether a vector has two lanes, which are extracted one by one: C2 has no blends and shuffles of two lanes on x86,
  /// and would box every vector.
  boolean arePairs() {
    return lanes() == 2;
  }
}
