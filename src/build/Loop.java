/// The loops of a function: over whole vectors of arguments near 0, and over vectors with any argument.
enum Loop { NEAR, ANY }
