package dev.lanewise.kernel;

import java.util.Arrays;

/// Batch statistics that layers have observed but not yet taken over: m ← (1 − momentum)·m + momentum·b for each
/// running mean m and the batch's value b. Computed in double, rounded once. The memory is reused.
public final class RunningMeans {

  /// The running mean's array, of float or double.
  private Object[] arrays = {};
  private int[] offsets = {};
  private double[][] batches = {};
  private int[] sizes = {};
  private double[] momenta = {};
  private int count;

  /// Keeps a copy of n numbers of a batch for those of `array` from `offset` on.
  ///
  /// @throws IllegalArgumentException if the batch has another number of them, or the momentum is not in 0 to 1
  public void add(Object array, int offset, int n, double[] batch, int from, int found, double momentum) {
    if (found != n || !(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException("Workspace: observed " + found + " numbers with momentum " + momentum
          + ", expected " + n + " with a momentum from 0 to 1");
    }
    if (count == arrays.length) {
      int more = Math.max(4, 2 * count);
      arrays = Arrays.copyOf(arrays, more);
      offsets = Arrays.copyOf(offsets, more);
      batches = Arrays.copyOf(batches, more);
      sizes = Arrays.copyOf(sizes, more);
      momenta = Arrays.copyOf(momenta, more);
    }
    if (batches[count] == null || batches[count].length < n) {
      batches[count] = new double[n];
    }
    System.arraycopy(batch, from, batches[count], 0, n);
    arrays[count] = array;
    offsets[count] = offset;
    sizes[count] = n;
    momenta[count] = momentum;
    count++;
  }

  /// Drops all numbers kept.
  public void forget() {
    count = 0;
  }

  /// Takes all numbers over, in the order in which they came, and drops them.
  public void takeOver() {
    for (int which = 0; which < count; which++) {
      double[] batch = batches[which];
      double momentum = momenta[which];
      int offset = offsets[which];
      for (int i = 0; i < sizes[which]; i++) {
        if (arrays[which] instanceof float[] floats) {
          floats[offset + i] = (float) ((1 - momentum) * floats[offset + i] + momentum * batch[i]);
        } else {
          double[] doubles = (double[]) arrays[which];
          doubles[offset + i] = (1 - momentum) * doubles[offset + i] + momentum * batch[i];
        }
      }
    }
    count = 0;
  }
}
