// Package hashivault stands for the secrets provider hashivault://, which no test uses.
package hashivault
