package dev.lanewise.autodiff.plan;

import dev.lanewise.autodiff.chain.Bracket;

/// A bracketing and its cost.
///
/// @param bracket the tree
/// @param multiplyAdds its multiply-adds
/// @param nanos its predicted time
public record Priced(Bracket bracket, double multiplyAdds, double nanos) {

  Priced plus(Bracket whole, double multiplyAdds, double nanos) {
    return new Priced(whole, this.multiplyAdds + multiplyAdds, this.nanos + nanos);
  }
}
