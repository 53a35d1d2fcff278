/// The operators: Jacobians by forward and by reverse mode, and the products that they are made of.
package dev.lanewise.autodiff;
