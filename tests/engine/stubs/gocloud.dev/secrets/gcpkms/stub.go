// Package gcpkms stands for the secrets provider gcpkms://, which no test uses.
package gcpkms

import (
	"context"
	"errors"
	"net/url"

	"gocloud.dev/gcp"
	"gocloud.dev/secrets"
)

const Scheme = "gcpkms"

type Client struct{}

type URLOpener struct {
	Client *Client
}

func Dial(context.Context, gcp.TokenSource) (*Client, func(), error) {
	return nil, nil, errors.New("gcpkms:// is left out")
}

func (*URLOpener) OpenKeeperURL(context.Context, *url.URL) (*secrets.Keeper, error) {
	return nil, errors.New("gcpkms:// is left out")
}
