package dev.lanewise.kernel.memory;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/// The slabs that are alive: arrays that small tensors share so as to begin at a cache line.
///
/// A slab lives as long as any tensor in it. Slabs take at most a sixteenth of the heap, so that a few small tensors
/// that a program keeps cannot hold much memory. Beyond that tensors get their own arrays, as with other collectors.
final class Slabs {

  private static final int PART_OF_HEAP = 16;

  /// The slabs of this virtual machine.
  static final Slabs HERE = new Slabs(Runtime.getRuntime().maxMemory() / PART_OF_HEAP, Alignment.HERE.slabBytes());

  private final List<WeakReference<Object>> alive = new ArrayList<>();
  private final long most;

  /// @param mostBytes the most bytes that all slabs take together
  Slabs(long mostBytes, long slabBytes) {
    most = slabBytes == 0 ? 0 : mostBytes / slabBytes;
  }

  /// Whether one more slab is allowed.
  synchronized boolean hasRoom() {
    alive.removeIf(slab -> slab.refersTo(null));
    return alive.size() < most;
  }

  /// Counts a slab until it is collected.
  synchronized void add(Object slab) {
    alive.add(new WeakReference<>(slab));
  }
}
