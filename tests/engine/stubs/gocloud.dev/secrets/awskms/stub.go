// Package awskms stands for the secrets provider awskms://, which no test uses.
package awskms
