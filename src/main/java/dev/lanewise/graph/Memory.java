package dev.lanewise.graph;

import dev.lanewise.Workspace;

/// The graphs that a workspace remembers: as many as may alternate, so that repeating them allocates nothing. One of
/// them is in use at a time.
final class Memory {

  private static final int MOST = 8;

  private final GraphLinearization[] linearizations = new GraphLinearization[MOST];
  private final ForwardPass[] passes = new ForwardPass[MOST];
  private int latestLinearization;
  private int latestPass;

  private Memory() {}

  static Memory in(Workspace ws) {
    return ws.object(Memory.class, Memory::new);
  }

  GraphLinearization linearization(Program program) {
    for (GraphLinearization known : linearizations) {
      if (known != null && known.isOf(program)) {
        return known;
      }
    }
    latestLinearization = (latestLinearization + 1) % MOST;
    linearizations[latestLinearization] = new GraphLinearization(program);
    return linearizations[latestLinearization];
  }

  ForwardPass pass(Program program) {
    for (ForwardPass known : passes) {
      if (known != null && known.isOf(program)) {
        return known;
      }
    }
    latestPass = (latestPass + 1) % MOST;
    passes[latestPass] = new ForwardPass(program);
    return passes[latestPass];
  }
}
