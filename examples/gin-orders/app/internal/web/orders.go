package web

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"app/internal/store"
)

type newOrder struct {
	Item     string `json:"item" binding:"required,max=200"`
	Quantity int    `json:"quantity" binding:"required,min=1,max=1000000"`
}

func (app App) createOrder(c *gin.Context) {
	var wanted newOrder
	if err := c.ShouldBindJSON(&wanted); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			refuse(c, http.StatusRequestEntityTooLarge, "the body is too large")
			return
		}
		refuse(c, http.StatusBadRequest, "want an item of at most 200 characters, and a quantity from 1 to 1000000")
		return
	}
	order, err := app.Orders.Create(c.Request.Context(), wanted.Item, wanted.Quantity)
	if err != nil {
		failed(c, err)
		return
	}
	c.Header("Location", "/orders/"+strconv.FormatInt(order.ID, 10))
	c.JSON(http.StatusCreated, order)
}

func (app App) getOrder(c *gin.Context) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		refuse(c, http.StatusNotFound, store.ErrNotFound.Error())
		return
	}
	order, err := app.Orders.Get(c.Request.Context(), id)
	if err != nil {
		failed(c, err)
		return
	}
	c.JSON(http.StatusOK, order)
}

func (app App) listOrders(c *gin.Context) {
	limit, err := strconv.Atoi(c.DefaultQuery("limit", "50"))
	if err != nil || limit < 1 || limit > 1000 {
		refuse(c, http.StatusBadRequest, "limit is from 1 to 1000")
		return
	}
	orders, err := app.Orders.List(c.Request.Context(), limit)
	if err != nil {
		failed(c, err)
		return
	}
	c.JSON(http.StatusOK, gin.H{"orders": orders})
}

// failed answers for the store. What went wrong in there is for the log, not for the client.
func failed(c *gin.Context, err error) {
	_ = c.Error(err)
	switch {
	case errors.Is(err, store.ErrNotFound):
		refuse(c, http.StatusNotFound, err.Error())
	case c.Request.Context().Err() != nil:
		refuse(c, http.StatusGatewayTimeout, "it took too long")
	default:
		refuse(c, http.StatusServiceUnavailable, "the database does not answer")
	}
}

func refuse(c *gin.Context, status int, message string) {
	c.AbortWithStatusJSON(status, gin.H{"error": message})
}
