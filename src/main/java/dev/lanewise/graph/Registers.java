package dev.lanewise.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The places of values in a pass that keeps nothing: a place is reused once no later value reads its content. So a
/// deep expression takes the memory of its widest cut.
final class Registers {

  private static final int NONE = -1;

  /// The register of each value, or −1 where the value lies elsewhere: the input, parameters, constants, views, the
  /// output.
  private final int[] registers;
  private final List<Integer> sizes = new ArrayList<>();
  private final List<Boolean> batched = new ArrayList<>();

  private Registers(int values) {
    registers = new int[values];
    Arrays.fill(registers, NONE);
  }

  static Registers of(Program program) {
    Registers all = new Registers(program.size());
    int[] root = roots(program);
    int[] last = new int[program.size()];
    for (int v = 0; v < program.size(); v++) {
      for (int operand : program.operands[v]) {
        last[root[operand]] = v;
      }
    }
    List<Integer> free = new ArrayList<>();
    for (int v = 1; v < program.size(); v++) {
      boolean stored = program.kinds[v] == Vertex.Kind.OPERATION || program.kinds[v] == Vertex.Kind.LAYER;
      if (stored && !program.views[v] && v != program.output()) {
        all.registers[v] = all.take(free, program.shapes[v].size(), program.batched[v]);
      }
      for (int operand : Arrays.stream(program.operands[v]).map(operand -> root[operand]).distinct().toArray()) {
        // A value that serves all samples is computed once and read by each block.
        if (last[operand] == v && all.registers[operand] != NONE && program.batched[operand]) {
          free.add(all.registers[operand]);
        }
      }
    }
    return all;
  }

  /// The value that each value is a view of, or itself.
  private static int[] roots(Program program) {
    int[] root = new int[program.size()];
    for (int v = 0; v < program.size(); v++) {
      root[v] = program.views[v] ? root[program.operands[v][0]] : v;
    }
    return root;
  }

  /// The smallest free one that is large enough, else the largest, enlarged; a new one where none is free.
  private int take(List<Integer> free, int size, boolean ofBatch) {
    int best = NONE;
    for (int register : free) {
      if (batched.get(register) == ofBatch && (best == NONE || isBetter(sizes.get(register), sizes.get(best), size))) {
        best = register;
      }
    }
    if (best == NONE) {
      sizes.add(size);
      batched.add(ofBatch);
      return sizes.size() - 1;
    }
    free.remove(Integer.valueOf(best));
    sizes.set(best, Math.max(size, sizes.get(best)));
    return best;
  }

  private static boolean isBetter(int candidate, int best, int size) {
    return best >= size ? candidate >= size && candidate < best : candidate > best;
  }

  /// The numbers of a sample in all registers.
  long width() {
    long width = 0;
    for (int register = 0; register < sizes.size(); register++) {
      width += batched.get(register) ? sizes.get(register) : 0;
    }
    return width;
  }

  int count() {
    return sizes.size();
  }

  /// The register of a value, or −1.
  int of(int v) {
    return registers[v];
  }

  int size(int register) {
    return sizes.get(register);
  }

  boolean isBatched(int register) {
    return batched.get(register);
  }
}
