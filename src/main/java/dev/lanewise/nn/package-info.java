/// The built-in layers, each a record of hyper-parameters with its card of formulas.
package dev.lanewise.nn;
