// Package azurekeyvault stands for the secrets provider azurekeyvault://, which no test uses.
package azurekeyvault
